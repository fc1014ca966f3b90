package lazaret.vetting.desk;

import java.time.LocalDate;
import lazaret.vetting.crates.CrateId;

/// What was handed out to whom on one day: the answer to "who has it?".
///
/// @param day the day, in UTC
/// @param id what was handed out
/// @param token the asker's token name; `-` where none was needed
/// @param address the asker's IP address
/// @param count how many times, at least 1
public record Access(LocalDate day, CrateId id, String token, String address, long count) {}
