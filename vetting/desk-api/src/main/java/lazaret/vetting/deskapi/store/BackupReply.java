package lazaret.vetting.deskapi.store;

import lazaret.vetting.deskapi.bundles.ServerPath;

/// A finished backup.
///
/// @param folder the folder on the server
/// @param omitted the number of artifacts that were left out, since they could not be read
public record BackupReply(ServerPath folder, long omitted) {}
