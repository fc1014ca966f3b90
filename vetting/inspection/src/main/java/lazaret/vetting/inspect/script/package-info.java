/// Files of other languages in a crate, such as scripts, makefiles or C sources.
@NullMarked
package lazaret.vetting.inspect.script;

import org.jspecify.annotations.NullMarked;
