import { openArtefact } from '../../server/codesets/artefact.js'
import { parseIndexXml } from '../../server/codesets/loaders/alphabeticIndex.js'
import { parseOrderFile } from '../../server/codesets/loaders/orderFile.js'
import { parseTabularXml } from '../../server/codesets/loaders/tabularXml.js'
import { buildOfficial, type OfficialParts } from '../../server/codesets/officialRelease.js'
import { CM_CODES, file, INDEX_XML, orderText, PCS_CODES, POA_EXEMPT, TABULAR_XML } from './officialLayouts.js'

/** The fixture as an official release; give other parts to make another. */
export function officialParts(other: Partial<OfficialParts> = {}): OfficialParts {
  return {
    ...parseOrderFile(file('order.txt', orderText(CM_CODES))),
    name: 'FY2026',
    effectiveFrom: '2025-10-01',
    effectiveTo: '2026-09-30',
    indexes: [parseIndexXml(file('index.xml', INDEX_XML))],
    tabular: parseTabularXml(file('tabular.xml', TABULAR_XML)),
    poaExempt: new Set(POA_EXEMPT),
    sources: ['order.txt'],
    ...other,
  }
}

export const officialRelease = (other: Partial<OfficialParts> = {}) =>
  openArtefact(buildOfficial(officialParts(other)).artefact)

export const pcsRelease = () =>
  officialRelease({
    ...parseOrderFile(file('order.txt', orderText(PCS_CODES))),
    indexes: [],
    tabular: null,
    poaExempt: null,
  })
