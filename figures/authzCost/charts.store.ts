import type { OwnerSql } from '../../server/db/owner.js'

/** Gives every demo chart to this coder, and makes a worklist of a hundred out of them. */
export async function chartsOfCoder(sql: OwnerSql, email: string): Promise<void> {
  await sql.begin(async (tx) => {
    const [coder] = await tx<{ orgId: string; id: string }[]>`
      select m.org_id, m.id from member m join auth_user u on u.id = m.user_id where u.email = ${email}`
    const { orgId, id } = coder!
    await tx`
      update chart set coder_of_record_id = ${id}, status = 'IN_CODING', identity_hold = false, restricted = false
      where org_id = ${orgId}`
    await tx`
      insert into chart
      select (jsonb_populate_record(c, jsonb_build_object(
        'id', gen_random_uuid(), 'account_number', left(c.account_number, 20) || '-' || n))).*
      from chart c, generate_series(1, 40) n where c.org_id = ${orgId}`
  })
}
