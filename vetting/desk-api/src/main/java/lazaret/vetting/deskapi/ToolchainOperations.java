package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.site.ToolchainAdmitRequest;
import lazaret.vetting.deskapi.site.ToolchainCheckReply;
import lazaret.vetting.deskapi.site.ToolchainInfo;
import lazaret.vetting.deskapi.site.ToolchainRemoveReply;
import lazaret.vetting.deskapi.site.ToolchainRemoveRequest;
import lazaret.vetting.deskapi.site.ToolchainsReply;

/// The operations on toolchains.
public final class ToolchainOperations {
  /// Lists the toolchains that the gate serves.
  public static final Operation<EmptyRequest, ToolchainsReply> TOOLCHAINS =
      Operation.get("toolchains", "/toolchains", EmptyRequest.class, ToolchainsReply.class)
          .access(Access.READ)
          .summary("List the toolchains that the gate serves to rustup");

  /// Admits a channel.
  public static final Operation<ToolchainAdmitRequest, ToolchainInfo> ADMIT_TOOLCHAIN =
      Operation.post(
              "admitToolchain", "/toolchains", ToolchainAdmitRequest.class, ToolchainInfo.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Fetch, verify and store a toolchain");

  /// Removes a toolchain.
  public static final Operation<ToolchainRemoveRequest, ToolchainRemoveReply> REMOVE_TOOLCHAIN =
      Operation.delete(
              "removeToolchain",
              "/toolchains/{channel}",
              ToolchainRemoveRequest.class,
              ToolchainRemoveReply.class)
          .access(Access.ADMIN)
          .summary("Remove a toolchain");

  /// Hashes the files of all toolchains again.
  public static final Operation<EmptyRequest, ToolchainCheckReply> CHECK_TOOLCHAINS =
      Operation.post(
              "checkToolchains", "/toolchains/check", EmptyRequest.class, ToolchainCheckReply.class)
          .access(Access.ADMIN)
          .timeout(Operation.STORE_TIMEOUT)
          .summary("Hash the files of all toolchains again");

  private ToolchainOperations() {}
}
