/// The vetted store, behind the ports that the desk declares.
@NullMarked
package lazaret.storage;

import org.jspecify.annotations.NullMarked;
