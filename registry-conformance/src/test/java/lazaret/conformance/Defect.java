package lazaret.conformance;

import java.util.Set;

/// A mistake that a scripted registry makes, with the cases that find it.
enum Defect {
  NONE(),
  OPEN_PUBLISH("A1"),
  UNKNOWN_TOKENS("A2", "A11", "A12"),
  NO_OWNERS("A3", "O4", "O11", "P3", "P6", "P8"),
  NO_SCOPES("A5", "A6", "A7", "A8", "A9"),
  OPEN_INDEX("A10"),
  WRONG_CKSUM("B1"),
  WRONG_BYTES("B2"),
  OVERWRITES("B4", "B5", "O9", "U1", "U2"),
  NO_WARNINGS("B6"),
  NO_TAGS("B9"),
  SMALL_LETTERS("B10"),
  SPACED_LINES("B11"),
  BUILD_METADATA("C1", "C2", "C3"),
  ANY_VERSION("C4"),
  ANY_REQUIREMENT("D10", "D15"),
  BARE_REQUIREMENT("D9"),
  NO_PACKAGE("D2", "D8"),
  ANY_REGISTRY("D14"),
  UNSORTED("D17"),
  NO_KINDS("D20"),
  NO_FEATURES2("F1"),
  ANY_FEATURE("F5", "F6", "F7", "F8", "F12"),
  MANIFEST_OF_REQUEST("G9", "G10"),
  ANY_NAME("H2", "H4", "H5", "H6", "H7", "H8", "H10", "H11"),
  NO_COLLISIONS("I1", "I2", "I3"),
  LONG_DESCRIPTION("J5"),
  ANY_ADDRESS("J6"),
  ANY_KEYWORD("K2", "K3", "K4", "K5"),
  LINKS("L5", "L6", "L7"),
  ANY_PATH("L1", "L2", "L3", "L4"),
  TRAILING_BYTES("M6"),
  NO_LIMIT("N2"),
  LARGE_UNPACKED("N4"),
  NO_RAISED_LIMITS("F11", "N5"),
  RAISED_LIMITS_OF_ALL("F9", "F10", "F11", "N2", "N5"),
  YANK_REMOVES("O1", "O2", "O3", "O6", "O8"),
  YANKED_NEWEST("O7"),
  LAST_OWNER("P4"),
  UNKNOWN_OWNERS("P5", "P11"),
  NO_TOTAL("Q2"),
  NO_DESCRIPTION("Q3"),
  JOBS_COVER_ALL("R2", "R3"),
  JOBS_CREATE("R4"),
  ANY_JOB("R5", "R8"),
  STAYING_JOBS("R6"),
  REPEATED_JOBS("R7"),
  JOBS_YANK("R9");

  /// The ids, separated by spaces: a field of an enum is immutable.
  private final String cases;

  Defect(String... cases) {
    this.cases = String.join(" ", cases);
  }

  /// Returns the ids of the cases that fail.
  Set<String> cases() {
    return cases.isEmpty() ? Set.of() : Set.of(cases.split(" ", -1));
  }
}
