// Decides by Firebase's rules for Cloud Storage what a request may do. Covers the part of the language that firebase/storage.rules uses and refuses to load
// anything else. Stricter than Firebase in one thing: there, "a || b" may still hold where a cannot be computed; here the request is refused.
const Methods = { read: ["get", "list"], write: ["create", "update", "delete"] };
const Tokens = /\s+|\/\/[^\n]*|(?<number>\d+)|(?<text>'[^']*'|"[^"]*")|(?<name>[A-Za-z_]\w*)|(?<sign>&&|\|\||[=!<>]=|=\*\*|[-+*\/%<>!(){}\[\].,;:?=])/y;

function tokens(source) {
  const found = [];
  for (Tokens.lastIndex = 0; Tokens.lastIndex < source.length; ) {
    const start = Tokens.lastIndex;
    const match = Tokens.exec(source);
    if (!match) {
      throw new Error(`The rules cannot be read at: ${source.slice(start, start + 40)}`);
    }

    const [kind, text] = Object.entries(match.groups).find(([, value]) => value !== undefined) ?? [];
    if (kind) {
      found.push({ kind, text });
    }
  }

  return found;
}

class Parser {
  constructor(source) {
    this.tokens = tokens(source);
    this.at = 0;
  }

  is(text) {
    return this.tokens[this.at]?.kind !== "text" && this.tokens[this.at]?.text === text;
  }

  take(text) {
    return this.is(text) && Boolean(++this.at);
  }

  need(text) {
    if (!this.take(text)) {
      throw new Error(`The rules have ${this.tokens[this.at]?.text} where ${text} was expected.`);
    }
  }

  next(kind) {
    const token = this.tokens[this.at++];
    if (token?.kind !== kind) {
      throw new Error(`The rules have ${token?.text} where a ${kind} was expected.`);
    }

    return token.text;
  }

  ruleset() {
    this.need("rules_version");
    this.need("=");
    if (this.next("text") !== "'2'") {
      throw new Error("Only rules_version '2' is known.");
    }

    this.need(";");
    this.need("service");
    this.need("firebase");
    this.need(".");
    this.need("storage");
    return this.block([]);
  }

  block(pattern) {
    const block = { pattern, functions: {}, blocks: [], allows: [] };
    for (this.need("{"); !this.take("}"); ) {
      if (this.take("match")) {
        block.blocks.push(this.block(this.path()));
      } else if (this.take("function")) {
        const name = this.next("name");
        block.functions[name] = this.function();
      } else {
        this.need("allow");
        block.allows.push(this.allow());
      }
    }

    return block;
  }

  path() {
    const parts = [];
    while (this.take("/")) {
      const wild = this.take("{");
      const name = this.next("name");
      parts.push({ name, wild, rest: wild && this.take("=**") });
      if (wild) {
        this.need("}");
      }
    }

    return parts;
  }

  function() {
    this.need("(");
    this.need(")");
    this.need("{");
    const lets = [];
    while (this.take("let")) {
      const name = this.next("name");
      this.need("=");
      lets.push([name, this.expression()]);
      this.need(";");
    }

    this.need("return");
    const result = this.expression();
    this.need(";");
    this.need("}");
    return { lets, result };
  }

  allow() {
    const methods = [];
    do {
      const method = this.next("name");
      methods.push(...(Methods[method] ?? [method]));
    } while (this.take(","));
    let condition = () => true;
    if (this.take(":")) {
      this.need("if");
      condition = this.expression();
    }

    this.need(";");
    return { methods, condition };
  }

  expression() {
    return this.binary([
      { "||": (a, b) => bool(a()) || bool(b()) },
      { "&&": (a, b) => bool(a()) && bool(b()) },
      { "==": (a, b) => a() === b(), "!=": (a, b) => a() !== b() },
      { "<": (a, b) => int(a()) < int(b()), "<=": (a, b) => int(a()) <= int(b()), ">": (a, b) => int(a()) > int(b()), ">=": (a, b) => int(a()) >= int(b()) },
      { "+": (a, b) => int(a()) + int(b()), "-": (a, b) => int(a()) - int(b()) },
      { "*": (a, b) => int(a()) * int(b()) },
    ]);
  }

  binary([operators, ...tighter]) {
    if (!operators) {
      return this.unary();
    }

    let left = this.binary(tighter);
    for (;;) {
      const sign = Object.keys(operators).find((operator) => this.take(operator));
      if (!sign) {
        return left;
      }

      const [first, second, apply] = [left, this.binary(tighter), operators[sign]];
      left = (scope) => apply(() => first(scope), () => second(scope));
    }
  }

  unary() {
    if (this.take("!")) {
      const value = this.unary();
      return (scope) => !bool(value(scope));
    }

    let value = this.primary();
    while (this.take(".")) {
      const [of, name] = [value, this.next("name")];
      if (!this.take("(")) {
        value = (scope) => member(of(scope), name);
        continue;
      }

      const argument = this.expression();
      this.need(")");
      if (name !== "matches") {
        throw new Error(`The function ${name} is not known.`);
      }

      value = (scope) => new RegExp(`^(?:${text(argument(scope))})$`).test(text(of(scope)));
    }

    return value;
  }

  primary() {
    if (this.take("(")) {
      const inner = this.expression();
      this.need(")");
      return inner;
    }

    const token = this.tokens[this.at++];
    switch (token?.kind) {
      case "number":
        return () => Number(token.text);
      case "text":
        return () => token.text.slice(1, -1);
      case "name":
        if (["true", "false", "null"].includes(token.text)) {
          return () => JSON.parse(token.text);
        }

        if (this.take("(")) {
          this.need(")");
          return (scope) => call(scope, token.text);
        }

        return (scope) => member(scope.variables, token.text);
      default:
        throw new Error(`The rules have ${token?.text} where a value was expected.`);
    }
  }
}

function required(kind) {
  return (value) => {
    if (typeof value !== kind) {
      throw new Error(`A ${kind} is needed.`);
    }

    return value;
  };
}

const [bool, int, text] = [required("boolean"), required("number"), required("string")];

function member(value, name) {
  if (value === null || typeof value !== "object" || !Object.hasOwn(value, name) || value[name] === undefined) {
    throw new Error(`There is no ${name}.`);
  }

  return value[name];
}

function call(scope, name) {
  const { lets, result } = member(scope.functions, name);
  const variables = { ...scope.variables };
  for (const [local, value] of lets) {
    variables[local] = value({ ...scope, variables });
  }

  return result({ ...scope, variables });
}

function allows(block, segments, method, scope) {
  const variables = { ...scope.variables };
  let at = 0;
  for (const { name, wild, rest } of block.pattern) {
    if (at >= segments.length || (!wild && name !== segments[at])) {
      return false;
    }

    variables[wild ? name : ""] = rest ? segments.slice(at).join("/") : segments[at];
    at = rest ? segments.length : at + 1;
  }

  const inner = { functions: { ...scope.functions, ...block.functions }, variables };
  const left = segments.slice(at);
  return (left.length === 0 && block.allows.some(({ methods, condition }) => methods.includes(method) && holds(condition, inner)))
    || block.blocks.some((next) => allows(next, left, method, inner));
}

function holds(condition, scope) {
  try {
    return bool(condition(scope));
  } catch {
    return false;
  }
}

// The emulator does not check signatures of tokens either.
function person(token) {
  if (!token) {
    return null;
  }

  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString() || "null");
  return claims && { uid: claims.user_id, token: claims };
}

/** Rules as the storage server of firebase-tools asks them. */
function load(source) {
  const root = new Parser(source).ruleset();
  return {
    verify: async ({ method, path, file, token }) => {
      const request = { auth: person(token), method, path, resource: file.after ?? null };
      const scope = { functions: {}, variables: { request, resource: file.before ?? null } };
      return { permitted: allows(root, path.split("/"), method, scope), issues: { exist: () => false, all: [] } };
    },
  };
}

module.exports = { load };
