package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.review.ArtifactReply;
import lazaret.vetting.deskapi.review.ArtifactRequest;
import lazaret.vetting.deskapi.review.DetonationRequest;
import lazaret.vetting.deskapi.review.ReviewReply;
import lazaret.vetting.deskapi.review.ReviewRequest;

/// The operations on the review of one version.
public final class ReviewOperations {
  /// Returns the material for the review of a version.
  public static final Operation<ReviewRequest, ReviewReply> REVIEW =
      Operation.get(
              "review", "/crates/{name}/{version}/review", ReviewRequest.class, ReviewReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.FETCH_TIMEOUT)
          .summary("Return the material for the review of a version");

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

  private ReviewOperations() {}
}
