import { readTree } from './check-structure/tree.ts'
import { checkStructure } from './check-structure/check.ts'

// A check that looks at nothing passes always: fewer than these means it lost its way.
const LEAST = { modules: 120, imports: 300 }

const { modules, imports, faults } = checkStructure(await readTree(process.cwd()))
for (const fault of faults) console.error(`✗ ${fault}`)
if (modules < LEAST.modules || imports < LEAST.imports) {
  console.error(
    `✗ Only ${modules} modules with ${imports} imports were seen; there are more, so the check itself is wrong.`,
  )
  process.exitCode = 1
} else if (faults.length > 0) {
  console.error(
    `\n${faults.length} ${faults.length === 1 ? 'thing stands' : 'things stand'} where the layout does not put it.`,
  )
  process.exitCode = 1
} else {
  console.log(`${modules} modules and ${imports} imports stand where the layout puts them.`)
}
