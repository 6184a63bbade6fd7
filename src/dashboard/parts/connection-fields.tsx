import { AUTH_FIELDS, AUTH_LABELS, type AuthKind, type ConnectionForm } from "../model/connection-form";

interface FieldsProps {
  form: ConnectionForm;
  onChange(form: ConnectionForm): void;
}

/** Where the ERP is and how it wants to be asked. */
export function ConnectionFields({ form, onChange }: FieldsProps) {
  const set = (field: keyof ConnectionForm) => (event: { currentTarget: { value: string } }) =>
    onChange({ ...form, [field]: event.currentTarget.value });
  return (
    <>
      <label>
        Address
        <input
          value={form.source_url}
          onInput={set("source_url")}
          required
          spellcheck={false}
          autoCapitalize="off"
          placeholder="${ERP_BASE_URL}/api/rows?type=BOM"
        />
        <span class="hint">The whole address; {"${ERP_NAME}"} is read from the server's environment.</span>
      </label>
      <div class="form-row">
        <label>
          Rows are at
          <input value={form.rows_path} onInput={set("rows_path")} spellcheck={false} placeholder="$" />
          <span class="hint">blank: the answer is the list; else a path such as data.items</span>
        </label>
        <label>
          Since
          <input value={form.from_date} onInput={set("from_date")} placeholder="2025-12-01" />
          <span class="hint">YYYY-MM-DD, or blank for everything</span>
        </label>
        <label>
          Parameter for the date
          <input
            value={form.from_date_param}
            onInput={set("from_date_param")}
            spellcheck={false}
            placeholder="fromDate"
          />
          <span class="hint">how the ERP calls it in the address</span>
        </label>
      </div>
      <AuthFields form={form} onChange={onChange} />
      <label>
        More options
        <textarea
          rows={Math.min(12, form.more.split("\n").length + 1)}
          spellcheck={false}
          value={form.more}
          onInput={set("more")}
        />
        <span class="hint">JSON, as in the field options: headers, query, paging, timeouts</span>
      </label>
    </>
  );
}

function AuthFields({ form, onChange }: FieldsProps) {
  return (
    <div class="form-row">
      <label>
        Authentication
        <select
          value={form.auth}
          onChange={(event) => onChange({ ...form, auth: event.currentTarget.value as AuthKind })}
        >
          {Object.entries(AUTH_LABELS).map(([kind, label]) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {AUTH_FIELDS[form.auth].map(({ name, label, example }) => (
        <label key={name}>
          {label}
          <input
            value={form.authFields[name] ?? ""}
            placeholder={example}
            spellcheck={false}
            autoComplete="off"
            autoCapitalize="off"
            onInput={(event) =>
              onChange({ ...form, authFields: { ...form.authFields, [name]: event.currentTarget.value } })
            }
          />
        </label>
      ))}
    </div>
  );
}
