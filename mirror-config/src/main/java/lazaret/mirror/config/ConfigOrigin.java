package lazaret.mirror.config;

import java.nio.file.Path;

/// The origins of a value, from the weakest to the strongest.
public sealed interface ConfigOrigin {
  /// The default.
  record Initial() implements ConfigOrigin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /// A configuration file.
  ///
  /// @param line from 1
  /// @param column from 1
  record File(Path path, int line, int column) implements ConfigOrigin {
    @Override
    public String toString() {
      return path + ":" + line + ":" + column;
    }
  }

  /// An environment variable.
  record Variable(String name) implements ConfigOrigin {
    @Override
    public String toString() {
      return "environment variable " + name;
    }
  }

  /// A command-line option.
  record Option(String name) implements ConfigOrigin {
    @Override
    public String toString() {
      return "option " + name;
    }
  }
}
