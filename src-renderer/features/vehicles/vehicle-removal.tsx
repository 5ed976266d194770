import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import type { Vehicle } from '../../../src-preload/contract/vehicles'
import { useGrant } from '../../base/session'
import { Button } from '../../components/button'
import { ConfirmDialog } from '../../components/confirm-dialog'
import { Dialog } from '../../components/dialog'
import { RemovedBanner } from '../../components/removed-banner'
import { showToast } from '../../components/toast'
import { removeVehicle, restoreVehicle } from './vehicles-api'

export function RemoveVehicleButton({ vehicle }: { vehicle: Vehicle }) {
  const [asks, setAsks] = useState(false)
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => removeVehicle(vehicle.id),
    onSuccess: () => {
      // Where undoing is refused, the vehicle's own screen says that it is removed and offers it again.
      const open = (): void => void navigate({ to: '/vehicles/$vehicleId', params: { vehicleId: vehicle.id } })
      showToast(`${vehicle.label} removed`, { undo: () => void restoreVehicle(vehicle.id).then(open, open) })
      void navigate({ to: '/customers/$customerId', params: { customerId: vehicle.customerId } })
    },
  })
  const close = (): void => {
    setAsks(false)
    remove.reset()
  }
  return (
    <>
      <Button look="quiet" icon={<Trash2 size={16} aria-hidden="true" />} onClick={() => setAsks(true)}>
        Remove
      </Button>
      {vehicle.openOrders > 0 ? (
        <Dialog
          open={asks}
          onClose={close}
          title={`The ${vehicle.label} has to stay`}
          size="small"
          footer={<Button onClick={close}>Close</Button>}
        >
          Cannot be removed while {vehicle.openOrders === 1 ? 'a repair order is open' : `${vehicle.openOrders} repair orders are open`}.
        </Dialog>
      ) : (
        <ConfirmDialog
          open={asks}
          title={`Remove the ${vehicle.label}?`}
          confirm="Remove vehicle"
          danger
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onCancel={close}
        >
          It no longer shows up in searches and at check-in. Its history stays, and it can be restored.
        </ConfirmDialog>
      )}
    </>
  )
}

export function RemovedVehicleBanner({ vehicle }: { vehicle: Vehicle }) {
  const mayRestore = useGrant('customers.edit') === 'yes'
  if (!vehicle.deletedAt) return null
  return (
    <RemovedBanner deletedAt={vehicle.deletedAt} mayRestore={mayRestore} onRestore={() => restoreVehicle(vehicle.id)}>
      Its history is here; nothing can be changed until it is restored.
    </RemovedBanner>
  )
}
