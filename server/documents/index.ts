export { documentsLoader, textLoader } from './document.loader.js'
export { presentDocument, presentDocumentState } from './document.presenter.js'
export { documentViewsOf, textOf, textsOf, withdrawnDocuments } from './document.store.js'
