import { describe, expect, it } from 'vitest';
import { detailNumbers, detailOf, plainDetails, readDetail, type NumberedDetail } from './event-detail.ts';

describe('what an event adds', () => {
  it('is read as it was written, whatever its code', () => {
    for (const code of Object.keys(detailNumbers) as NumberedDetail[]) {
      const numbers = Array.from({ length: detailNumbers[code] }, (_, place) => 7 - 9 * place);
      expect(readDetail(detailOf(code, ...numbers))).toEqual({ code, numbers });
    }
    for (const code of plainDetails) {
      expect(readDetail(code)).toEqual({ code, times: 1 });
      expect(readDetail(`${code} ×12`)).toEqual({ code, times: 12 });
    }
  });

  it.each(['0 Keys', '0.1.0', 'keys', 'keys 1 2', 'keys 1 ×2', 'keys one', 'older_disk 1', 'toString', ''])(
    'is not read where it is in no such code: %j',
    (detail) => {
      expect(readDetail(detail)).toBeUndefined();
    },
  );

  it('has each code once', () => {
    const codes = [...plainDetails, ...Object.keys(detailNumbers)];
    expect(new Set(codes).size).toBe(codes.length);
  });
});
