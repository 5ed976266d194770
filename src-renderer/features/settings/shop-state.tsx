import { US_STATES } from '../../../src-preload/contract/session'
import type { Shop } from '../../../src-preload/contract/shop'
import { sentenceFor } from '../../base/errors'
import { useStoredField } from '../../base/use-stored-field'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { showToast } from '../../components/toast'
import { updateShop } from './settings-api'

const choices = US_STATES.map((state) => ({ value: state, label: state }))

/** Another state has other rules for authorizations, fees, papers and cash: the way back is offered at once. */
export function ShopState({ state }: Pick<Shop, 'state'>) {
  const { field, input, choose } = useStoredField<Shop['state']>({
    value: state,
    name: 'state',
    onStore: async (now, was) => {
      await updateShop({ state: was }, { state: now })
      const back = (): Promise<unknown> => updateShop({ state: now }, { state: was })
      showToast(`The rules of ${now} hold from now on`, {
        undo: () => void back().catch((error: unknown) => showToast(sentenceFor(error), { isTrouble: true })),
      })
    },
  })
  return (
    <Field label="State" {...field} className="col-span-2">
      <Select value={input.value} onValueChange={choose} choices={choices} />
    </Field>
  )
}
