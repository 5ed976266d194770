import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { ImageUp, Trash2 } from 'lucide-react'
import type { Shop } from '../../../src-preload/contract/shop'
import { sentenceFor } from '../../base/errors'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { showToast } from '../../components/toast'
import { readImage } from './read-image'
import { setLogo } from './settings-api'

/** The shop's sign, on estimates and invoices. */
export function LogoCard({ shop }: { shop: Shop }) {
  const chooser = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const store = useMutation({
    mutationFn: setLogo,
    onSuccess: (_, image) => showToast(image ? 'Logo stored' : 'Logo removed'),
    onError: (error) => setProblem(error.fieldMessage('image') ?? sentenceFor(error)),
  })
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return
    const read = await readImage(file)
    setProblem('problem' in read ? read.problem : undefined)
    if ('image' in read) store.mutate(read.image)
  }
  return (
    <Card title="Logo">
      <div className="flex flex-wrap items-center gap-4">
        <div
          className={`flex h-20 w-44 shrink-0 items-center justify-center overflow-hidden rounded-md border border-line p-2 ${shop.logoUrl ? 'bg-paper' : 'bg-sunken'}`}
        >
          {shop.logoUrl ? (
            <img src={shop.logoUrl} alt="The shop's logo as it is printed" className="max-h-full max-w-full object-contain" />
          ) : (
            <span className="text-sm text-muted">No logo yet</span>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-2">
          <div className="flex flex-wrap gap-2">
            <Button icon={<ImageUp size={16} aria-hidden="true" />} busy={store.isPending} onClick={() => chooser.current?.click()}>
              Choose a picture
            </Button>
            {shop.logoUrl && (
              <Button
                look="quiet"
                icon={<Trash2 size={16} aria-hidden="true" />}
                disabled={store.isPending}
                onClick={() => store.mutate(null)}
              >
                Remove
              </Button>
            )}
          </div>
          <p className="text-sm text-muted">
            PNG or JPEG, at most 300 KB. Printed on estimates and invoices, sharp from 750 pixels of width.
          </p>
          {problem && (
            <p role="alert" className="text-sm text-bad">
              {problem}
            </p>
          )}
        </div>
        <input
          ref={chooser}
          type="file"
          accept="image/png,image/jpeg"
          className="hidden"
          aria-label="Picture file of the logo"
          onChange={(event) => {
            void take(event.target.files?.[0])
            event.target.value = '' // choosing the same file again is a choice too
          }}
        />
      </div>
    </Card>
  )
}
