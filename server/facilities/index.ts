export {
  addAgreement,
  addCoveredEntity,
  addFacility,
  type FacilityRow,
  facilityByKey,
  listFacilities,
} from './facilities.store.js'
