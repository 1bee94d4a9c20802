import { placesOf } from './places.js'
import { goTo, type Place, pathOf } from './route.js'
import { useViewer } from './viewer.js'

/** The way to the other pages, for those who have any. */
export function PlacesBar({ here }: { here: Place | 'list' }) {
  const { roles } = useViewer()
  const places = placesOf(roles)
  if (places.length < 2 && here === 'list') return null
  return (
    <nav className="pages" aria-label="Pages">
      {places.map(({ page, words, key }) => (
        <a
          key={page}
          href={pathOf({ page })}
          aria-current={page === here ? 'page' : undefined}
          title={`g ${key}`}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            goTo({ page })
          }}
        >
          {words}
        </a>
      ))}
    </nav>
  )
}
