package lazaret.vetting.deskapi.site;

import lazaret.vetting.crates.Sha256;

/// An order to remove a Git source that waits or was denied.
///
/// @param key the key of the source
/// @param treeHash the hash of its tree
/// @param reason the reason, for the ledger
public record GitSourceRemovalRequest(Sha256 key, Sha256 treeHash, String reason) {}
