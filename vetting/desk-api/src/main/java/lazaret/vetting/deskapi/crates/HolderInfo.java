package lazaret.vetting.deskapi.crates;

import java.time.LocalDate;

/// A client that downloaded a version.
///
/// @param token the name of the token
/// @param address the IP address; `others` for addresses that are not listed
/// @param first the day of the first download in UTC
/// @param last the day of the last download in UTC
/// @param count the number of downloads
public record HolderInfo(
    String token, String address, LocalDate first, LocalDate last, long count) {}
