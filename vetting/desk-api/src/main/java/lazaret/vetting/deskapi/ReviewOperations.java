package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.behavior.BehaviorReply;
import lazaret.vetting.deskapi.behavior.BehaviorRequest;
import lazaret.vetting.deskapi.behavior.CapabilitiesReply;
import lazaret.vetting.deskapi.behavior.CapabilitiesRequest;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.diff.DiffContextReply;
import lazaret.vetting.deskapi.diff.DiffContextRequest;
import lazaret.vetting.deskapi.diff.DiffFindReply;
import lazaret.vetting.deskapi.diff.DiffFindRequest;
import lazaret.vetting.deskapi.diff.DiffReply;
import lazaret.vetting.deskapi.diff.DiffRequest;
import lazaret.vetting.deskapi.diff.DiffRowsReply;
import lazaret.vetting.deskapi.diff.DiffRowsRequest;
import lazaret.vetting.deskapi.review.ArtifactReply;
import lazaret.vetting.deskapi.review.ArtifactRequest;
import lazaret.vetting.deskapi.review.DetonationOrderRequest;
import lazaret.vetting.deskapi.review.DetonationRequest;
import lazaret.vetting.deskapi.review.ReviewReply;
import lazaret.vetting.deskapi.review.ReviewRequest;
import lazaret.vetting.deskapi.review.VersionEvidenceReply;
import lazaret.vetting.deskapi.review.VersionEvidenceRequest;

/// The operations on the review of one version.
public final class ReviewOperations {
  /// Returns the material for the review of a version.
  public static final Operation<ReviewRequest, ReviewReply> REVIEW =
      Operation.get(
              "review", "/crates/{name}/{version}/review", ReviewRequest.class, ReviewReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("Return the material for the review of a version");

  /// Returns the stored evidence on a version.
  public static final Operation<VersionEvidenceRequest, VersionEvidenceReply> EVIDENCE =
      Operation.get(
              "versionEvidence",
              "/crates/{name}/{version}/evidence",
              VersionEvidenceRequest.class,
              VersionEvidenceReply.class)
          .access(Access.READ)
          .summary("Return advisories, takeover signs and dependencies of a version");

  /// Returns the files of the difference of two versions, with their roles and amounts to read.
  public static final Operation<DiffRequest, DiffReply> DIFF =
      Operation.get("diff", "/crates/{name}/{version}/diff", DiffRequest.class, DiffReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("List the files of a difference in the order of danger");

  /// Returns rows of the difference of one file.
  public static final Operation<DiffRowsRequest, DiffRowsReply> DIFF_ROWS =
      Operation.get(
              "diffRows",
              "/crates/{name}/{version}/diff/rows",
              DiffRowsRequest.class,
              DiffRowsReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("Return rows of the difference of one file");

  /// Returns equal lines around the hunks of one file.
  public static final Operation<DiffContextRequest, DiffContextReply> DIFF_CONTEXT =
      Operation.get(
              "diffContext",
              "/crates/{name}/{version}/diff/context",
              DiffContextRequest.class,
              DiffContextReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("Return equal lines around the hunks of one file");

  /// Searches the lines of a difference.
  public static final Operation<DiffFindRequest, DiffFindReply> DIFF_FIND =
      Operation.get(
              "diffFind",
              "/crates/{name}/{version}/diff/find",
              DiffFindRequest.class,
              DiffFindReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("Search the lines of a difference for a text");

  /// Returns the artifact of a version regardless of its verdict.
  public static final Operation<ArtifactRequest, ArtifactReply> ARTIFACT =
      Operation.get(
              "artifact",
              "/crates/{name}/{version}/artifact",
              ArtifactRequest.class,
              ArtifactReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("Return the artifact of a version regardless of its verdict");

  /// Records the evidence of a build of one version in the sandbox.
  public static final Operation<DetonationRequest, DetonationInfo> DETONATION =
      Operation.put(
              "detonation",
              "/crates/{name}/{version}/detonation",
              DetonationRequest.class,
              DetonationInfo.class)
          .access(Access.REVIEW)
          .timeout(Operation.FETCH_TIMEOUT)
          .created()
          .summary("Record the evidence of a build of one version in the sandbox");

  /// Builds one version in the sandbox service of the gate, and records the evidence.
  public static final Operation<DetonationOrderRequest, DetonationInfo> ORDER_DETONATION =
      Operation.post(
              "orderDetonation",
              "/crates/{name}/{version}/detonation",
              DetonationOrderRequest.class,
              DetonationInfo.class)
          .access(Access.REVIEW)
          .timeout(Operation.BUILD_TIMEOUT)
          .created()
          .summary("Build one version in the gate's sandbox service and record the evidence");

  /// Compares the capabilities of a version with those of a base.
  public static final Operation<CapabilitiesRequest, CapabilitiesReply> CAPABILITIES =
      Operation.get(
              "capabilities",
              "/crates/{name}/{version}/capabilities",
              CapabilitiesRequest.class,
              CapabilitiesReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("Compare the capabilities of a version with those of a base");

  /// Returns the recorded behavior of a version in the sandbox.
  public static final Operation<BehaviorRequest, BehaviorReply> BEHAVIOR =
      Operation.get(
              "behavior",
              "/crates/{name}/{version}/behavior",
              BehaviorRequest.class,
              BehaviorReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("Return the recorded behavior of a version in the sandbox");

  private ReviewOperations() {}
}
