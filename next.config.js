/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Pictures come in three widths out of our own pipeline; nothing is resized on request.
  images: { unoptimized: true },
  // Types are checked by `npm test`; a start need not wait for it a second time.
  typescript: { ignoreBuildErrors: true },
  // The development server answers on both names of this machine.
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  devIndicators: false,
}

export default config
