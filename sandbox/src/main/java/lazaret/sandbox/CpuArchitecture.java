package lazaret.sandbox;

import java.util.Arrays;
import java.util.Optional;

/// The processor architectures whose system calls the filter knows.
public enum CpuArchitecture {
  /// 64-bit x86, named `amd64` by the JDK.
  X86_64("amd64"),
  /// 64-bit Arm.
  AARCH64("aarch64");

  private final String jdkName;

  CpuArchitecture(String jdkName) {
    this.jdkName = jdkName;
  }

  /// Returns the architecture for a value of the system property `os.arch`, or empty if its system
  /// calls are not known.
  public static Optional<CpuArchitecture> of(String jdkName) {
    return Arrays.stream(values()).filter(a -> a.jdkName.equals(jdkName)).findFirst();
  }
}
