/**
 * Manifests: YAML or JSON text to objects and back. The official models of the Kubernetes Java client say which fields there
 * are and of which type; they are looked at only when a manifest is read.
 */
package org.hopscope.model.kube.codec;
