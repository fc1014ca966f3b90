package lazaret.vetting.deskapi.retention;

import java.time.LocalDate;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// An artifact that a rule would remove.
///
/// @param name the crate
/// @param version the version
/// @param bytes the length in bytes
/// @param used the day in UTC from which it counts as unused
/// @param rule the rule
public record PlannedRemovalInfo(
    CrateName name, CrateVersion version, long bytes, LocalDate used, String rule) {}
