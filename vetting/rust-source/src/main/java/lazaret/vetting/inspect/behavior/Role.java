package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// The role of an identifier in an expression.
enum Role {
  NONE(""),
  VARIABLE("var var_os"),
  COMPILED("env option_env"),
  FORMAT("format quote write writeln"),
  INCLUDE("include_str include_bytes"),
  HOME("home_dir"),
  TEMPORARY("temp_dir"),
  METHOD("stdout parent ancestors"),
  FILE_NAME("file_name"),
  GET("get");

  private static final Map<Role, WordSet> WORDS = new EnumMap<>(Role.class);

  static {
    for (Role role : values()) {
      WORDS.put(role, WordSet.split(role.words));
    }
  }

  private final String words;

  /// @param words the identifiers, separated by spaces
  Role(String words) {
    this.words = words;
  }

  /// Returns the role for each number of an identifier.
  static Role[] of(Code code) {
    Role[] roles = new Role[code.identifiers()];
    Arrays.fill(roles, NONE);
    WORDS.forEach((role, known) -> code.identified(known).forEach(number -> roles[number] = role));
    return roles;
  }

  /// Returns the origin of a name with this role.
  int origin(Code code, int at) {
    return switch (this) {
      case INCLUDE -> code.macro(at) ? Origin.INCLUDED : 0;
      case HOME -> Origin.HOME;
      case TEMPORARY -> Origin.TEMPORARY;
      case NONE, VARIABLE, COMPILED, FORMAT, METHOD, FILE_NAME, GET -> 0;
    };
  }
}
