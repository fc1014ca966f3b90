package lazaret.vetting.deskapi.store;

import lazaret.vetting.deskapi.bundles.ServerPath;

/// An order to copy the store into a folder.
///
/// @param folder a new or empty folder on the server
public record BackupRequest(ServerPath folder) {}
