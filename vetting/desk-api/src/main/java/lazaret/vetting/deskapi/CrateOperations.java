package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.crates.BlastRadiusInfo;
import lazaret.vetting.deskapi.crates.BlastRadiusRequest;
import lazaret.vetting.deskapi.crates.CrateReply;
import lazaret.vetting.deskapi.crates.CrateRequest;
import lazaret.vetting.deskapi.crates.PastVerdictReply;
import lazaret.vetting.deskapi.crates.PastVerdictRequest;
import lazaret.vetting.deskapi.crates.RemovalsConfirmReply;
import lazaret.vetting.deskapi.crates.RemovalsReply;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;

/// The operations on crates and versions.
public final class CrateOperations {
  /// Lists the versions of a crate with their verdicts.
  public static final Operation<CrateRequest, CrateReply> CRATE =
      Operation.get("crate", "/crates/{name}", CrateRequest.class, CrateReply.class)
          .access(Access.READ)
          .summary("List the versions of a crate with their verdicts");

  /// Explains one version.
  public static final Operation<VersionRequest, VersionReply> VERSION =
      Operation.get("version", "/crates/{name}/{version}", VersionRequest.class, VersionReply.class)
          .access(Access.READ)
          .summary("Explain one version");

  /// Returns the verdict on a version at a past time.
  public static final Operation<PastVerdictRequest, PastVerdictReply> PAST_VERDICT =
      Operation.get(
              "pastVerdict",
              "/crates/{name}/{version}/verdict",
              PastVerdictRequest.class,
              PastVerdictReply.class)
          .access(Access.READ)
          .summary("Return the verdict on a version at a past time");

  /// Lists removals upstream that are not confirmed.
  public static final Operation<EmptyRequest, RemovalsReply> REMOVALS =
      Operation.get("removals", "/removals", EmptyRequest.class, RemovalsReply.class)
          .access(Access.READ)
          .summary("List removals upstream that are not confirmed");

  /// Confirms the removals upstream.
  public static final Operation<EmptyRequest, RemovalsConfirmReply> CONFIRM_REMOVALS =
      Operation.post("confirmRemovals", "/removals", EmptyRequest.class, RemovalsConfirmReply.class)
          .access(Access.REVIEW)
          .summary("Confirm the removals upstream");

  /// Lists the clients and lockfiles that have a version.
  public static final Operation<BlastRadiusRequest, BlastRadiusInfo> BLAST_RADIUS =
      Operation.get(
              "blastRadius",
              "/who/{name}/{version}",
              BlastRadiusRequest.class,
              BlastRadiusInfo.class)
          .access(Access.INSPECT)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("List the clients and lockfiles that have a version");

  private CrateOperations() {}
}
