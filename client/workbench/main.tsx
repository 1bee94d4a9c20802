import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.js'
import './styles/tokens.css'
import './styles/base.css'
import './styles/dialog.css'
import './styles/signIn.css'
import './styles/list.css'
import './styles/chart.css'
import './styles/lines.css'
import './styles/document.css'
import './styles/office.css'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
