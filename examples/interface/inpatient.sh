#!/bin/sh
# A stay: admitted, charged (one line comes back in part), discharged, settled. `sh examples/interface/inpatient.sh http://127.0.0.1:8787`

. "$(dirname "$0")/exchange.sh"

send inpatient-1-admit.json '入院登记 admission'
visit=$(printf '%s\n' "$answer" | field mdtrt_id)
tell mdtrt_id '就诊ID visit'
send inpatient-2-lines.json '费用明细 fee lines'
send inpatient-3-discharge.json '出院办理 discharge'
send inpatient-4-settle.json '住院结算 settlement'
tell_bill
