import * as z from 'zod'

export const pictureView = z.object({ id: z.string(), width: z.number().int(), height: z.number().int() })

export const pictureForm = z.object({
  file: z
    .custom<File>((value) => value instanceof File, 'Choose a picture file.')
    .meta({ type: 'string', format: 'binary' }),
})

export type PictureView = z.infer<typeof pictureView>
