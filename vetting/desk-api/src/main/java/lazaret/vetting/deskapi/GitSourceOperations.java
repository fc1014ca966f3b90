package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.site.GitSourceAdmitReply;
import lazaret.vetting.deskapi.site.GitSourceAdmitRequest;
import lazaret.vetting.deskapi.site.GitSourceDecisionRequest;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourceRemovalRequest;
import lazaret.vetting.deskapi.site.GitSourceTreeReply;
import lazaret.vetting.deskapi.site.GitSourceTreeRequest;
import lazaret.vetting.deskapi.site.GitSourcesReply;

/// The operations on Git sources.
public final class GitSourceOperations {
  /// Lists the Git sources.
  public static final Operation<EmptyRequest, GitSourcesReply> GIT_SOURCES =
      Operation.get("gitSources", "/git-sources", EmptyRequest.class, GitSourcesReply.class)
          .access(Access.READ)
          .summary("List the Git sources that were fetched");

  /// Fetches and inspects the Git dependencies of a lockfile.
  public static final Operation<GitSourceAdmitRequest, GitSourceAdmitReply> ADMIT_GIT_SOURCES =
      Operation.post(
              "admitGitSources",
              "/git-sources",
              GitSourceAdmitRequest.class,
              GitSourceAdmitReply.class)
          .access(Access.PREFETCH)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Fetch and inspect the Git dependencies of a lockfile");

  /// Decides on a Git source.
  public static final Operation<GitSourceDecisionRequest, GitSourceInfo> DECIDE_GIT_SOURCE =
      Operation.post(
              "decideGitSource",
              "/git-sources/decisions",
              GitSourceDecisionRequest.class,
              GitSourceInfo.class)
          .access(Access.REVIEW)
          .summary("Approve or deny a commit with the hash of its tree");

  /// Removes a Git source that waits or was denied.
  public static final Operation<GitSourceRemovalRequest, GitSourceInfo> REMOVE_GIT_SOURCE =
      Operation.post(
              "removeGitSource",
              "/git-sources/removals",
              GitSourceRemovalRequest.class,
              GitSourceInfo.class)
          .access(Access.REVIEW)
          .summary("Remove a commit that waits, or the tree of a denied one");

  /// Returns a part of the file of a tree.
  public static final Operation<GitSourceTreeRequest, GitSourceTreeReply> GIT_SOURCE_TREE =
      Operation.get(
              "gitSourceTree",
              "/git-sources/{key}/tree",
              GitSourceTreeRequest.class,
              GitSourceTreeReply.class)
          .access(Access.READ)
          .summary("Return a part of a tree; without an approval, to reviewers alone");

  private GitSourceOperations() {}
}
