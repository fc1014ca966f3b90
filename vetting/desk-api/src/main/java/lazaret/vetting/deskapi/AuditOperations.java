package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.audits.AuditExportReply;
import lazaret.vetting.deskapi.audits.AuditImportInfo;
import lazaret.vetting.deskapi.audits.AuditImportRequest;
import lazaret.vetting.deskapi.audits.AuditsOfCrateRequest;
import lazaret.vetting.deskapi.audits.AuditsOfVersionRequest;
import lazaret.vetting.deskapi.audits.AuditsRefreshReply;
import lazaret.vetting.deskapi.audits.AuditsRemoveReply;
import lazaret.vetting.deskapi.audits.AuditsRemoveRequest;
import lazaret.vetting.deskapi.audits.AuditsReply;
import lazaret.vetting.deskapi.audits.CrateAuditsReply;

/// The operations on audits of other parties.
public final class AuditOperations {
  /// Lists the imports of audits.
  public static final Operation<EmptyRequest, AuditsReply> AUDITS =
      Operation.get("audits", "/audits", EmptyRequest.class, AuditsReply.class)
          .access(Access.READ)
          .summary("List the imports of audits");

  /// Exports decisions as cargo-vet audits.
  public static final Operation<EmptyRequest, AuditExportReply> EXPORT_AUDITS =
      Operation.get("exportAudits", "/audits/export", EmptyRequest.class, AuditExportReply.class)
          .access(Access.READ)
          .summary("Export decisions as cargo-vet audits");

  /// Imports audits from the request or from an address.
  public static final Operation<AuditImportRequest, AuditImportInfo> IMPORT_AUDITS =
      Operation.post("importAudits", "/audits", AuditImportRequest.class, AuditImportInfo.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .created()
          .summary("Import audits from the request or from an address");

  /// Refreshes the imports of audits that have an address.
  public static final Operation<EmptyRequest, AuditsRefreshReply> REFRESH_AUDITS =
      Operation.post(
              "refreshAudits", "/audits/refresh", EmptyRequest.class, AuditsRefreshReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Refresh the imports of audits that have an address");

  /// Lists the audit statements on a crate.
  public static final Operation<AuditsOfCrateRequest, CrateAuditsReply> AUDITS_OF_CRATE =
      Operation.get(
              "auditsOfCrate",
              "/audits/crates/{name}",
              AuditsOfCrateRequest.class,
              CrateAuditsReply.class)
          .access(Access.READ)
          .summary("List the audit statements on a crate");

  /// Lists the audit statements on a crate with the result for one version.
  public static final Operation<AuditsOfVersionRequest, CrateAuditsReply> AUDITS_OF_VERSION =
      Operation.get(
              "auditsOfVersion",
              "/audits/crates/{name}/{version}",
              AuditsOfVersionRequest.class,
              CrateAuditsReply.class)
          .access(Access.READ)
          .summary("List the audit statements on a crate with the result for one version");

  /// Removes an import of audits.
  public static final Operation<AuditsRemoveRequest, AuditsRemoveReply> REMOVE_AUDITS =
      Operation.delete(
              "removeAudits", "/audits/{peer}", AuditsRemoveRequest.class, AuditsRemoveReply.class)
          .access(Access.ADMIN)
          .summary("Remove an import of audits");

  private AuditOperations() {}
}
