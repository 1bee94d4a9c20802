import { openKeyFile } from '../../server/vault/keyFile.js'

process.send?.(openKeyFile(process.argv[2]!).derive('race').toString('hex'), () => process.disconnect())
