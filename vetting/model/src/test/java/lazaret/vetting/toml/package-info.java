/// Tests of the TOML reader.
@NullMarked
package lazaret.vetting.toml;

import org.jspecify.annotations.NullMarked;
