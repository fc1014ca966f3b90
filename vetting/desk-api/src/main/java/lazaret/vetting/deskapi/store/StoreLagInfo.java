package lazaret.vetting.deskapi.store;

import org.jspecify.annotations.Nullable;

/// The lag of a store that was restored from a backup.
///
/// @param stored the newest snapshot of the store; 0 for none
/// @param highWaterMark the newest snapshot that was ever imported; null if it cannot be read
/// @param detail the difference and the next step
public record StoreLagInfo(long stored, @Nullable Long highWaterMark, String detail) {}
