package lazaret.vetting.deskapi.store;

import lazaret.vetting.deskapi.bundles.ServerPath;

/// The folder of a backup.
///
/// @param folder the folder on the server
public record BackupReply(ServerPath folder) {}
