package lazaret.vetting.gate.store;

import java.time.LocalDate;
import lazaret.vetting.crates.CrateId;

/// The downloads of one version by one client on one day.
///
/// @param day the day, in UTC
/// @param id the version that was downloaded
/// @param token the name of the client's token; `-` if none was needed
/// @param address the client's IP address
/// @param count the number of downloads, at least 1
public record DownloadRecord(LocalDate day, CrateId id, String token, String address, long count) {}
