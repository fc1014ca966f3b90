package lazaret.vetting.deskapi.crates;

import org.jspecify.annotations.Nullable;

/// A fault of an artifact's archive or manifest.
///
/// @param code the code of the fault
/// @param path the path of the entry; null if the fault concerns the whole archive
/// @param detail one sentence with the fault
/// @param meaning the meaning of the fault for a reviewer
public record ArchiveProblemInfo(
    String code, @Nullable String path, String detail, String meaning) {}
