import { isShopAddress, type PrinterFields } from '../../../src-preload/contract/printing'
import { AppError, invalidField } from '../../base/app-error'

/** @throws INVALID_INPUT beside the field that is not right */
export function checkPrinter({ kind, host, systemName, drawerPin }: PrinterFields): void {
  if (kind === 'system') {
    if (systemName === '') throw invalidField('systemName', 'Choose one of this computer’s printers.')
    if (drawerPin !== null) throw invalidField('drawerPin', 'A drawer opens through a receipt printer on the network.')
    return
  }
  if (!isShopAddress(host)) {
    throw invalidField(
      'host',
      'An address of the shop’s own network, in numbers, such as 192.168.1.50. The printer’s self-test page shows it.',
    )
  }
}

export function sameName(): AppError {
  return new AppError('DUPLICATE', { fields: { name: 'There is a printer of this name already.' } })
}
