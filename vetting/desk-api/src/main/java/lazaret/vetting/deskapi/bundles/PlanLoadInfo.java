package lazaret.vetting.deskapi.bundles;

/// The size of an import.
///
/// @param crates the number of crates
/// @param entries the number of index lines
/// @param artifacts the number of artifacts to import
/// @param bytes their size in bytes
/// @param stored the number of artifacts that are stored before
public record PlanLoadInfo(long crates, long entries, long artifacts, long bytes, long stored) {}
