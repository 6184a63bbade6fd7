import { AUTH_FIELDS, AUTH_LABELS, type AuthKind, type ConnectionForm } from "../model/connection-form";
import { Field } from "./field";

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
      <Field label="Address" hint="The whole address; ${ERP_NAME} is read from the server's environment.">
        {(ids) => (
          <input
            {...ids}
            value={form.source_url}
            onInput={set("source_url")}
            required
            spellcheck={false}
            autoCapitalize="off"
            placeholder="${ERP_BASE_URL}/api/rows?type=BOM"
          />
        )}
      </Field>
      <div class="form-row">
        <Field label="Rows are at" hint="blank: the answer is the list; else a path such as data.items">
          {(ids) => (
            <input {...ids} value={form.rows_path} onInput={set("rows_path")} spellcheck={false} placeholder="$" />
          )}
        </Field>
        <Field label="Since" hint="YYYY-MM-DD, or blank for everything">
          {(ids) => <input {...ids} value={form.from_date} onInput={set("from_date")} placeholder="2025-12-01" />}
        </Field>
        <Field label="Parameter for the date" hint="how the ERP calls it in the address">
          {(ids) => (
            <input
              {...ids}
              value={form.from_date_param}
              onInput={set("from_date_param")}
              spellcheck={false}
              placeholder="fromDate"
            />
          )}
        </Field>
      </div>
      <AuthFields form={form} onChange={onChange} />
      <Field label="More options" hint="JSON, as in the field options: headers, query, paging, timeouts">
        {(ids) => (
          <textarea
            {...ids}
            rows={Math.min(12, form.more.split("\n").length + 1)}
            spellcheck={false}
            value={form.more}
            onInput={set("more")}
          />
        )}
      </Field>
    </>
  );
}

function AuthFields({ form, onChange }: FieldsProps) {
  return (
    <div class="form-row">
      <Field label="Authentication">
        {(ids) => (
          <select
            {...ids}
            value={form.auth}
            onChange={(event) => onChange({ ...form, auth: event.currentTarget.value as AuthKind })}
          >
            {Object.entries(AUTH_LABELS).map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {AUTH_FIELDS[form.auth].map(({ name, label, example }) => (
        <Field key={name} label={label}>
          {(ids) => (
            <input
              {...ids}
              value={form.authFields[name] ?? ""}
              placeholder={example}
              spellcheck={false}
              autoComplete="off"
              autoCapitalize="off"
              onInput={(event) =>
                onChange({ ...form, authFields: { ...form.authFields, [name]: event.currentTarget.value } })
              }
            />
          )}
        </Field>
      ))}
    </div>
  );
}
