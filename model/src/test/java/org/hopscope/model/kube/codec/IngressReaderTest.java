package org.hopscope.model.kube.codec;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server's own tests refuse of an Ingress (pkg/apis/networking/validation TestValidateIngress and its like). */
@DisplayName("Ingresses that are none")
class IngressReaderTest {
  private static String ingress(String spec) {
    return "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}, spec: {" + spec + "}}";
  }

  private static String rule(String host, String path) {
    return "rules: [{" + (host.isEmpty() ? "" : "host: '" + host + "', ") + "http: {paths: [" + path + "]}}]";
  }

  private static String path(String typed) {
    return "{" + typed + ", backend: {service: {name: web, port: {number: 80}}}}";
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      path: /a, pathType: Prefix            |
      path: /a/, pathType: Exact            |
      pathType: ImplementationSpecific      |
      path: /a//b, pathType: ImplementationSpecific |
      path: /a                              | pathType
      path: a, pathType: Prefix             | must begin with "/"
      path: a, pathType: ImplementationSpecific | must begin with "/"
      pathType: Exact                       | must begin with "/"
      path: /a//b, pathType: Prefix         | must not contain '//'
      path: /a/./b, pathType: Exact         | must not contain '/./'
      path: /a/../b, pathType: Prefix       | must not contain '/../'
      path: /a%2Fb, pathType: Prefix        | must not contain '%2F'
      path: /a%2fb, pathType: Exact         | must not contain '%2f'
      path: /a/.., pathType: Prefix         | cannot end with '/..'
      path: /a/., pathType: Exact           | cannot end with '/.'
      path: /a, pathType: Odd               | is none of
      """)
  void paths(String path, String words) {
    read(ingress(rule("", path(path))), words);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"foo.com |", "*.foo.com |", "192.0.2.1 | not an IP address",
      "2001:db8::1 | not an IP address", "* | cannot be a host", "a.*.com | cannot be a host",
      "*.*.com | cannot be a host", "Foo.com | cannot be a host", "foo.com:80 | cannot be a host",
      "foo_bar.com | cannot be a host"})
  void hosts(String host, String words) {
    read(ingress(rule(host, path("path: /, pathType: Prefix"))), words);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      defaultBackend: {service: {name: web, port: {number: 80}}}                  |
      defaultBackend: {service: {name: web, port: {name: http}}}                  |
      defaultBackend: {service: {name: web, port: {name: http, number: 80}}}      | cannot set both port name & port number
      defaultBackend: {service: {name: web}}                                      | port
      rules: [{host: foo.com}]                                                    |
      rules: [{http: {paths: []}}]                                                | paths
      tls: [{hosts: [foo.com], secretName: x}]                                    | an Ingress needs defaultBackend or rules
      rules: [{host: foo.com}], tls: [{hosts: [foo.com, '*.foo.com']}]            |
      rules: [{host: foo.com}], tls: [{hosts: ['*']}]                             | is not a host
      rules: [{host: foo.com}], ingressClassName: Bad_Name                        | is not the name of an IngressClass
      """)
  void theRest(String spec, String words) {
    read(ingress(spec), words);
  }

  private static void read(String text, String words) {
    if (words == null) {
      assertThatCode(() -> ManifestReader.read(text, "default")).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> ManifestReader.read(text, "default")).hasMessageContaining(words);
    }
  }
}
