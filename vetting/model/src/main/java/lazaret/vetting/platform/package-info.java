/// Target platforms of builds, and the packages of a lockfile that a build for them needs.
@NullMarked
package lazaret.vetting.platform;

import org.jspecify.annotations.NullMarked;
