package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.site.DocumentationAddressReply;
import lazaret.vetting.deskapi.site.DocumentationInfo;
import lazaret.vetting.deskapi.site.DocumentationListReply;
import lazaret.vetting.deskapi.site.DocumentationListRequest;
import lazaret.vetting.deskapi.site.DocumentationVersionRequest;

/// The operations on the documentation of versions.
public final class DocumentationOperations {
  /// Lists the versions with documentation.
  public static final Operation<DocumentationListRequest, DocumentationListReply> LIST =
      Operation.get(
              "documentation",
              "/documentation",
              DocumentationListRequest.class,
              DocumentationListReply.class)
          .access(Access.OPEN)
          .summary("List the versions with documentation");

  /// Returns the address of the pages of a version for the caller.
  public static final Operation<DocumentationVersionRequest, DocumentationAddressReply> ADDRESS =
      Operation.get(
              "documentationAddress",
              "/documentation/{name}/{version}/address",
              DocumentationVersionRequest.class,
              DocumentationAddressReply.class)
          .access(Access.OPEN)
          .summary("Return the address of the pages of a version");

  /// Builds the documentation of a version in the sandbox of the gate.
  public static final Operation<DocumentationVersionRequest, DocumentationInfo> BUILD =
      Operation.post(
              "buildDocumentation",
              "/documentation/{name}/{version}/build",
              DocumentationVersionRequest.class,
              DocumentationInfo.class)
          .access(Access.REVIEW)
          .timeout(Operation.BUILD_TIMEOUT)
          .summary("Build the documentation of a version in the sandbox");

  /// Removes the documentation of a version.
  public static final Operation<DocumentationVersionRequest, DocumentationInfo> REMOVE =
      Operation.post(
              "removeDocumentation",
              "/documentation/{name}/{version}/remove",
              DocumentationVersionRequest.class,
              DocumentationInfo.class)
          .access(Access.ADMIN)
          .summary("Remove the documentation of a version");

  private DocumentationOperations() {}
}
