@NullMarked
package lazaret.vetting.hosting.names;

import org.jspecify.annotations.NullMarked;
