/** Pages to look things up in: the glossary, Linux beside Kubernetes, the article's map, and what the learner has shown. */
package org.hopscope.app.desktop.reference;
