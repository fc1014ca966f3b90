/// The vetted store, behind the ports that the desk declares, and the rights of files.
@NullMarked
package lazaret.storage;

import org.jspecify.annotations.NullMarked;
