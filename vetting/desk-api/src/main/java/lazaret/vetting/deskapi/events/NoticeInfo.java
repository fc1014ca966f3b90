package lazaret.vetting.deskapi.events;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;

/// A recorded event that is not a decision.
///
/// @param kind the code of the event
/// @param alarm whether a person must look at it
/// @param at the time of the event
/// @param by the owner of the token, or `gate`
/// @param name the crate; null if the event concerns none
/// @param version the version; null if the event concerns none
/// @param detail one sentence with the event
public record NoticeInfo(
    String kind,
    boolean alarm,
    Instant at,
    String by,
    @Nullable CrateName name,
    @Nullable String version,
    String detail) {}
