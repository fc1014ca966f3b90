package lazaret.vetting.deskapi.site;

/// The result of removing a toolchain.
///
/// @param files the number of files that no other toolchain has
public record ToolchainRemoveReply(int files) {}
