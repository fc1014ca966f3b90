package lazaret.vetting.deskapi.audits;

import java.time.Instant;

/// A failed refresh of an import.
///
/// @param name the name of the import
/// @param at the time of the failure
/// @param why the cause in one clause
public record FailingAuditsInfo(String name, Instant at, String why) {}
