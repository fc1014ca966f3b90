package lazaret.vetting.deskapi.store;

/// The space for artifacts.
///
/// @param usedBytes the size of the store in bytes
/// @param freeBytes the free space of the disk in bytes
/// @param acceptsArtifacts whether new artifacts are stored
public record DiskInfo(long usedBytes, long freeBytes, boolean acceptsArtifacts) {}
