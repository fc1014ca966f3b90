package lazaret.sandbox;

import java.util.Arrays;
import java.util.Optional;

/// The machines whose system calls the filter knows.
public enum Architecture {
  /// 64-bit x86: `amd64` in the words of the JDK.
  X86_64("amd64"),
  /// 64-bit Arm.
  AARCH64("aarch64");

  private final String jdkName;

  Architecture(String jdkName) {
    this.jdkName = jdkName;
  }

  /// Returns the architecture with that value of the system property `os.arch`; empty for one whose
  /// system calls are not known.
  public static Optional<Architecture> of(String jdkName) {
    return Arrays.stream(values()).filter(a -> a.jdkName.equals(jdkName)).findFirst();
  }
}
